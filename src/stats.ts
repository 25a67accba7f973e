// The estimators behind the scores, on plain numbers.

export {
  type BuhlmannStraub,
  type BuhlmannStraubOptions,
  buhlmannStraub,
  type Panel,
} from './credibility/buhlmann-straub.js';
export {
  type Hierarchical,
  type HierarchyLevel,
  hierarchical,
  type SegmentedPanel,
} from './credibility/hierarchical.js';
export { type HierarchicalOptions } from './credibility/hierarchy-levels.js';
export { type YearCells } from './credibility/method.js';
export { relativityVariance } from './credibility/poisson-gamma.js';
export { type RenewalCounts, type Renewals, renewalsOf } from './indicators/renewals.js';
export { type Evidence, weightOfEvidence } from './portfolio/profile/evidence.js';
export {
  type BetaGeometric,
  type BetaGeometricFit,
  fitBetaGeometric,
} from './scoring/retention/beta-geometric.js';
export { expectedLifetime, type LifetimeOptions } from './scoring/retention/expected-lifetime.js';
export { type KaplanMeier, kaplanMeier } from './scoring/retention/kaplan-meier.js';
export {
  lifetimeFactors,
  type Retention as RetentionRates,
} from './scoring/retention/lifetime-factors.js';
export { type Trend } from './scoring/scorecard/level-bins.js';
export {
  type CategoryLevels,
  fitLevels,
  type Levels,
  type LevelsOptions,
  levelOf,
  type NumberLevels,
} from './scoring/scorecard/levels.js';
export {
  type PoissonRegression,
  type PoissonRegressionOptions,
  poissonRegression,
} from './scoring/scorecard/poisson-regression.js';

export { type UsableAttributes, usableAttributes } from './scoring/scorecard/usable-attributes.js';
