import { isSteps } from "../../model/answers.ts";
import type { Answer, Poll } from "../../model/poll.ts";
import { ChoiceField } from "./ChoiceField.tsx";
import { NumberField } from "./NumberField.tsx";
import { PointsField } from "./PointsField.tsx";
import { RankField } from "./RankField.tsx";
import { StepsField } from "./StepsField.tsx";
import { WordsField } from "./WordsField.tsx";

export interface FieldProps {
  id: string;
  poll: Poll;
  answer: Answer | undefined;
  onAnswer: (answer: Answer | undefined) => void;
}

/** What a poll is answered with, by its kind; nothing is sent by it. Its title stands above as p-<id>. */
export function AnswerField(props: FieldProps) {
  const { kind } = props.poll;
  if (isSteps(kind)) return <StepsField {...props} />;
  switch (kind) {
    case "ranking":
      return <RankField {...props} />;
    case "points":
      return <PointsField {...props} />;
    case "number":
      return <NumberField {...props} />;
    case "text":
    case "cloud":
      return <WordsField {...props} />;
    default:
      return <ChoiceField {...props} />;
  }
}
