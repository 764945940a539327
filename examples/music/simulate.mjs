/**
 * Makes `music.csv` and `hidden-taste.csv`: 50,000 listeners each of a music app whose feed may be personalised.
 *
 * In both the feed raises engagement by exactly 1.0 for everyone, and who gets it was nudged by a rollout that a coin decided. In the first, what else
 * decides it (age, premium, prior listening) is in the file. In the second, an appetite for new music that nobody measured moves both as well.
 *
 *     node examples/music/simulate.mjs
 */

import { writeFileSync } from 'node:fs';
import { csv, logistic, random } from '../random.mjs';

const LISTENERS = 50_000;
const EFFECT = 1.0;

const COLUMNS = ['listener', 'age', 'premium', 'sessions', 'rollout', 'personalized', 'engagement'];

/** @param taste how strongly the unmeasured appetite acts directly on the feed and on engagement */
function listener(id, { uniform, normal, bernoulli }, taste) {
  const appetite = normal();
  const age = Math.round(12 + 45 * uniform() ** 1.4 + 2 * Math.abs(normal()));
  const premium = bernoulli(logistic(-1 + 0.03 * (age - 30)));
  const sessions = Math.max(0, Math.round(Math.exp(2 + 0.7 * appetite + 0.5 * normal()) - 1));
  const activity = Math.log(1 + sessions);
  const rollout = bernoulli(0.5);
  const pull = -2.6 + 1.6 * rollout + 0.9 * activity + 0.6 * premium - 0.03 * (age - 30) + taste * appetite;
  const personalized = bernoulli(logistic(pull));
  const engagement =
    1 +
    EFFECT * personalized +
    0.9 * activity +
    0.7 * premium -
    0.02 * (age - 30) +
    taste * appetite +
    normal();
  const shownAge = uniform() < 0.0006 ? null : age;
  return [id, shownAge, premium, sessions, rollout, personalized, engagement.toFixed(3)];
}

function listeners(seed, taste) {
  const draws = random(seed);
  return Array.from({ length: LISTENERS }, (_row, id) => listener(id + 1, draws, taste));
}

const folder = import.meta.dirname;
writeFileSync(`${folder}/music.csv`, csv(COLUMNS, listeners(1995, 0)));
writeFileSync(`${folder}/hidden-taste.csv`, csv(COLUMNS, listeners(1996, 1.3)));
