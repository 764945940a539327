/** Snapshots of specs as the server makes them, for tests that need the paths and the suppositions of one. */

import type { GraphSnapshot, Supposition } from '../../engine/report/snapshot.ts';
import { analyse } from '../../server/analysis/analyse.ts';
import { snapshotOf } from '../../server/analysis/snapshot.ts';
import { supposedSnapshot } from '../../server/analysis/suppose.ts';

/** A feed that is shown to those with an appetite, which nobody measured. */
export const FEED = `model "A feed for some"
variable feed "Shown the personalised feed"
variable engagement
variable age
variable activity
variable wave "Randomised rollout wave"
variable rating
latent taste "Appetite for new music"

age -> feed, engagement
activity -> feed, engagement "Those who listen more are shown more"
taste -> activity
taste -> rating
feed -> rating
taste -> engagement
wave -> feed
feed -> engagement "What we want to know"

treatment feed
outcome engagement
`;

/** The same where appetite moves the feed as well, so that no set will do. */
export const HIDDEN_FEED = FEED.replace('taste -> activity', 'taste -> activity, feed');

/** Two treatments and two outcomes. */
export const SEVERAL = `variable price, advert, season, sales, returns
season -> price, advert, sales
price -> advert
price, advert -> sales
sales -> returns
treatment price, advert
outcome sales, returns
`;

export function snapshotOfText(text: string): GraphSnapshot {
  return snapshotOf(analyse(text));
}

export function supposedOfText(text: string, supposition: Partial<Supposition>): GraphSnapshot {
  return supposedSnapshot(analyse(text), { effect: null, adjust: null, measured: [], ...supposition });
}
