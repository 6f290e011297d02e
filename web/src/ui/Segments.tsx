interface Props<Name extends string> {
  name: string;
  label: string;
  choices: readonly { readonly name: Name; readonly label: string }[];
  chosen: Name;
  onChoose: (name: Name) => void;
  disabled?: boolean;
  /** The label stands above instead of being read only. */
  titled?: boolean;
}

/** A few choices side by side, one of them on; native radios underneath. */
export function Segments<Name extends string>({
  name,
  label,
  choices,
  chosen,
  onChoose,
  disabled = false,
  titled = false,
}: Props<Name>) {
  const segments = (
    <fieldset class="segments" aria-label={label} disabled={disabled}>
      {choices.map((choice) => (
        <label key={choice.name}>
          <input
            type="radio"
            name={name}
            value={choice.name}
            checked={choice.name === chosen}
            onChange={() => onChoose(choice.name)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
  if (!titled) return segments;
  return (
    <div class="field">
      <span class="legend" aria-hidden="true">
        {label}
      </span>
      {segments}
    </div>
  );
}
