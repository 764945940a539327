import type { JSX } from 'preact';
import type { DescribedData } from '../../engine/data/profile/described.ts';
import type { VariableSummary } from '../../engine/data/profile/summary.ts';
import { differenceWords, missingWords, numberWords } from './dataWords.ts';
import { VariableSpread } from './variableSpread.tsx';

/** What a variable holds: a line of facts, and the picture that fits it, `width` pixels wide. */
export function VariableFigure(props: {
  readonly data: DescribedData;
  readonly summary: VariableSummary;
  readonly width: number;
}): JSX.Element {
  const { summary, width } = props;
  const { byArm, comparisons } = props.data;
  const arms = byArm?.variables.find(({ name }) => name === summary.name)?.arms ?? [];
  const facts = [
    numberWords(summary),
    missingWords(summary, byArm?.split ?? null, arms),
    differenceWords(comparisons, summary.name),
  ];
  return (
    <>
      <p class="facts">{facts.filter((words) => words !== '').join(' · ')}</p>
      <VariableSpread summary={summary} byArm={byArm} width={width} />
    </>
  );
}
