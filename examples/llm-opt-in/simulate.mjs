/**
 * Makes `opt-in.csv`: 20,000 users of a writing tool that offers an AI assistant to those who opt in.
 *
 * With the assistant a user finishes more tasks a week: 1.0 more on the free plan, 2.0 on team, 3.0 on enterprise, and exactly so.
 * Keen users opt in more often and finish more tasks anyway, so that a plain comparison flatters the assistant.
 * The average effects of this very sample, over all users and over those who opted in, are printed when it is made.
 *
 *     node examples/llm-opt-in/simulate.mjs
 */

import { writeFileSync } from 'node:fs';
import { csv, logistic, random } from '../random.mjs';

const USERS = 20_000;

const PLANS = [
  { name: 'free', effect: 1, keenness: -0.4, tasks: 0 },
  { name: 'team', effect: 2, keenness: 0.3, tasks: 2 },
  { name: 'enterprise', effect: 3, keenness: 0.6, tasks: 3 },
];

function planOf(draw) {
  return draw < 0.6 ? PLANS[0] : draw < 0.9 ? PLANS[1] : PLANS[2];
}

function user(id, { uniform, normal, bernoulli }) {
  const plan = planOf(uniform());
  const tenure = Math.round(104 * uniform());
  const queries = Math.round(Math.exp(1.8 + 0.6 * normal()));
  const early = bernoulli(0.25);
  const optedIn = bernoulli(logistic(-1.9 + plan.keenness + 0.07 * queries + 0.006 * tenure + 1.1 * early));
  const tasks =
    4 + plan.tasks + 0.35 * queries + 0.01 * tenure + 1.2 * early + plan.effect * optedIn + 2 * normal();
  return {
    row: [id, plan.name, tenure, queries, early, optedIn, tasks.toFixed(2)],
    effect: plan.effect,
    optedIn,
  };
}

const draws = random(7);
const users = Array.from({ length: USERS }, (_row, id) => user(id + 1, draws));
const mean = (group) => group.reduce((sum, { effect }) => sum + effect, 0) / group.length;

writeFileSync(
  `${import.meta.dirname}/opt-in.csv`,
  csv(
    ['user', 'plan', 'tenure', 'queries', 'early_adopter', 'assistant', 'tasks'],
    users.map(({ row }) => row),
  ),
);
process.stdout.write(
  `true effect: ${mean(users).toFixed(4)} over all users, ${mean(users.filter(({ optedIn }) => optedIn)).toFixed(4)} over those who opted in\n`,
);
