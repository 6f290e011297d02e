/** Stars in a row, filled as far as the share says; words say it beside. */
export function Stars({ share, of }: { share: number; of: number }) {
  return (
    <span class="stars" aria-hidden="true">
      {"☆".repeat(of)}
      <span class="stars-full" style={{ "--p": String(share) }}>
        {"★".repeat(of)}
      </span>
    </span>
  );
}
