/** What people wrote, each on a card of its own, in the order given. */
export function Wall({
  texts,
}: {
  texts: readonly { readonly id: string; readonly text: string; readonly lang?: string }[];
}) {
  return (
    <ul class="wall">
      {texts.map(({ id, text, lang }) => (
        <li key={id} dir="auto" lang={lang}>
          {text}
        </li>
      ))}
    </ul>
  );
}
