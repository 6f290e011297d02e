import { Field } from "./Field.tsx";

export interface Option {
  readonly key: string;
  readonly label: string;
}

/** Options under a heading of their own. */
export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

interface Props {
  label: string;
  options: readonly (Option | OptionGroup)[];
  chosen: string;
  onChoose: (key: string) => void;
  /** The label is only read, for a choice whose first option says what it is about. */
  bare?: boolean;
}

/** One of many: the system's own list, which every phone and screen reader knows. */
export function Choice({ label, options, chosen, onChoose, bare = false }: Props) {
  const list = (more: object) => (
    <select {...more} class="input" value={chosen} onChange={(e) => onChoose(e.currentTarget.value)}>
      {options.map((o) =>
        "options" in o ? (
          <optgroup key={o.label} label={o.label}>
            {o.options.map(draw)}
          </optgroup>
        ) : (
          draw(o)
        ),
      )}
    </select>
  );
  return bare ? list({ "aria-label": label }) : <Field label={label}>{list}</Field>;
}

const draw = ({ key, label }: Option) => (
  <option key={key} value={key}>
    {label}
  </option>
);
