/**
 * The tables as drizzle sees them. The migrations make them; a test compares the two column by column. JSON stands in
 * plain text columns and is parsed where it is read.
 */
export * from './analysis.ts';
export * from './calculation.ts';
export * from './forecast.ts';
export * from './getting.ts';
export * from './match.ts';
export * from './model-registry.ts';
export * from './monitoring.ts';
export * from './odds.ts';
export * from './outbox.ts';
export * from './processing.ts';
export * from './publisher.ts';
export * from './reference.ts';
export * from './run.ts';
export * from './schedule.ts';
export * from './setting.ts';
export * from './study.ts';
export * from './team-facts.ts';
export * from './tracking.ts';
export * from './workspace.ts';
export * from './change-set.ts';
