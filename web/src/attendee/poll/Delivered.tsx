import { useConnection } from "../../live/hooks.ts";
import type { Delivery } from "../../model/own.ts";
import { reasonWords } from "../../page/words.ts";
import { ErrorText } from "../../ui/Banner.tsx";
import { DeliveryMark } from "../../ui/DeliveryMark.tsx";

/** How far my answer has come, and why it was not taken. */
export function Delivered({ delivery }: { delivery: Delivery | undefined }) {
  const down = useConnection().line.phase !== "live";
  if (!delivery) return null;
  return (
    <>
      <p class="row">
        <DeliveryMark state={delivery.state} level={delivery.level} down={down} />
      </p>
      {delivery.reason && <ErrorText>{reasonWords(delivery.reason)}</ErrorText>}
    </>
  );
}
