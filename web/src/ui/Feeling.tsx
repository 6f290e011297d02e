/** Own pictures, since not every device has some of the letters that draw them. */
const paths = {
  applause:
    "M8.5 12.5L5.8 8.2a1.3 1.3 0 0 1 2.2-1.4l2.7 4.2M10.4 10.6L7.6 6.2a1.3 1.3 0 0 1 2.2-1.4l3.6 5.8M13.2 10.2l-2.3-3.7a1.3 1.3 0 0 1 2.2-1.4l4.2 6.6.3-2.4a1.4 1.4 0 0 1 2.8.3l-.6 5.6a6.6 6.6 0 0 1-12 2.9l-3.4-5.4a1.3 1.3 0 0 1 2.2-1.4M16 2.5l.6 1.8M19.8 3.6l-1.3 1.5M21.8 7l-1.9.4",
  heart:
    "M12 20s-7.5-4.7-9-9.3C2 7.3 4.2 4.5 7.2 4.5c2 0 3.7 1.1 4.8 3 1.1-1.9 2.8-3 4.8-3 3 0 5.2 2.8 4.2 6.2C19.5 15.3 12 20 12 20z",
  laugh: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM7 13.5h10a5 5 0 0 1-10 0zM7.5 9.8l2-1 M16.5 9.8l-2-1",
  surprise:
    "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM14.2 15.5a2.2 2.5 0 1 1-4.4 0 2.2 2.5 0 0 1 4.4 0zM8.5 9.2v.6M15.5 9.2v.6",
  hand: "M8 12.5V6.2a1.4 1.4 0 0 1 2.8 0V11M10.8 10.5V4.4a1.4 1.4 0 0 1 2.8 0v6.1M13.6 10.8V5.6a1.4 1.4 0 0 1 2.8 0v6M16.4 11.5V8.4a1.4 1.4 0 0 1 2.8 0v6.2a7 7 0 0 1-7 7c-2.9 0-4.6-1.2-6.1-3.7l-2.5-4.2a1.5 1.5 0 0 1 2.4-1.7L8 14.6",
} as const;

/** A feeling; what it is called stands beside it or in the button's name. */
export function FeelingIcon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon feeling-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
