/** Which pictures there are of what is told beside an estimate. */

import type { JSX } from 'preact';
import type { Estimate } from '../../engine/estimate/result.ts';
import { andersonRubinPlot } from './andersonRubinPlot.tsx';
import { effectByGroup, predictedGroups } from './effectByGroup.tsx';
import { firstStage } from './firstStage.tsx';
import { eValuePlot, rosenbaumCurve } from './hiddenBias.tsx';
import { lovePlot } from './lovePlot.tsx';
import { mediationBars } from './mediationBars.tsx';
import { overlapHistogram } from './overlapHistogram.tsx';
import { treatmentDrivers, withoutVariables } from './relevancePlots.tsx';
import { sensitivityContour } from './sensitivityContour.tsx';
import { strataPlot } from './strataPlot.tsx';
import { upliftCurve } from './upliftCurve.tsx';
import { weightDistribution } from './weightDistribution.tsx';

export interface EstimatePlot {
  /** Stable, and one a plot of an estimate: `love`, `overlap`, … */
  readonly id: string;
  readonly title: string;
  /** What is seen here, in a sentence for a person who has never seen such a plot. */
  readonly reading: string;
  /** The picture as an SVG, at most `width` pixels wide; its text does not scale. */
  readonly render: (width: number) => JSX.Element;
}

/** Makes a plot of an estimate; null where the estimate has nothing of the kind. */
export type PlotMaker = (estimate: Estimate) => EstimatePlot | null;

/** In reading order: what the effect is made of, whether the comparison is fair, how firmly it stands. */
const MAKERS: readonly PlotMaker[] = [
  mediationBars,
  effectByGroup,
  predictedGroups,
  upliftCurve,
  lovePlot,
  overlapHistogram,
  weightDistribution,
  strataPlot,
  firstStage,
  andersonRubinPlot,
  sensitivityContour,
  eValuePlot,
  rosenbaumCurve,
  treatmentDrivers,
  withoutVariables,
];

/** The plots of an estimate, most telling first; none where its method tells nothing that can be drawn. */
export function plotsOf(estimate: Estimate): readonly EstimatePlot[] {
  return MAKERS.map((make) => make(estimate)).filter((plot) => plot !== null);
}
