/** Reports that the engine made, as they travel: of examples/nsw with many methods and refuters, and of examples/card with its instrument. */

import { readFileSync } from 'node:fs';
import type { EstimationReport } from '../../engine/estimate/result.ts';
import { fromWire } from '../../engine/report/wire.ts';

function read(name: string): EstimationReport {
  const text = readFileSync(new URL(`./realReports/${name}.json`, import.meta.url), 'utf8');
  return fromWire(JSON.parse(text)) as EstimationReport;
}

export const NSW_REPORT = read('nsw');
export const CARD_REPORT = read('card');
