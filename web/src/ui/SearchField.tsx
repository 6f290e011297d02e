import { Icon } from "./Icon.tsx";

/** Finds in what stands below, while it is typed. */
export function SearchField({
  label,
  value,
  onInput,
}: {
  label: string;
  value: string;
  onInput: (value: string) => void;
}) {
  return (
    <label class="finder">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={value}
        onInput={(e) => onInput(e.currentTarget.value)}
      />
    </label>
  );
}
