/** Seats in a half circle around one place: the sign of the house. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 48 32" aria-hidden="true">
      {SEATS.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={2.4} />
      ))}
      <circle cx={24} cy={27} r={3.6} class="logo-place" />
    </svg>
  );
}

const SEATS = [12, 20].flatMap((radius) => {
  const seats = radius === 12 ? 5 : 8;
  return Array.from({ length: seats }, (_, i) => {
    const angle = Math.PI * (1 - i / (seats - 1));
    return [round(24 + radius * Math.cos(angle)), round(27 - radius * Math.sin(angle))] as const;
  });
});

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
