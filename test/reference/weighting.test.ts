import { describe, expect, it } from 'vitest';
import { estimateNamed, estimateText } from '../support/estimateText.ts';
import { referenceFile } from '../support/reference.ts';
import { specOf, WEIGHTINGS } from './studies.ts';

it('tries', async () => {
  const study = WEIGHTINGS[0]!;
  const outcomes = await estimateText(
    `${specOf(study)}
estimate stratification as "att" { adjust ${study.covariates.join(', ')}; estimand att }
estimate stratification as "ate" { adjust ${study.covariates.join(', ')}; estimand ate }
estimate entropy_balance as "eatt" { adjust ${study.covariates.join(', ')}; estimand att }
estimate entropy_balance as "eate" { adjust ${study.covariates.join(', ')}; estimand ate }`,
    referenceFile(`data/${study.data}.csv`) ?? '',
  );
  console.log(JSON.stringify(outcomes.map((o) => (o.kind === 'failure' ? o.error : [o.name, o.estimate, o.se, o.warnings, o.diagnostics])), null, 1).slice(0, 9000));
});
