import type { Command } from 'commander';
import type { Print } from './options.js';

/** A command: what it is for, and the code behind it, loaded when it is asked for. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ define(command: Command, print: Print): unknown }>;
}

/** All commands, in the order in which the help lists them. */
export const commands: readonly CommandEntry[] = [
  { name: 'score', summary: 'grade every customer', load: () => import('./score.js') },
  {
    name: 'calibrate',
    summary: 'calibrate a model on a book and write it',
    load: () => import('./calibrate.js'),
  },
  {
    name: 'explain',
    summary: "explain one customer's grade in words",
    load: () => import('./explain.js'),
  },
  {
    name: 'pareto',
    summary: 'what is concentrated, how much of it is luck, does it last',
    load: () => import('./pareto.js'),
  },
  {
    name: 'kpi',
    summary: 'the figures of the whole book on two days and what changed',
    load: () => import('./kpi.js'),
  },
  {
    name: 'migrate',
    summary: 'how customers moved between tiers from one day to a later one',
    load: () => import('./migrate.js'),
  },
  {
    name: 'drift',
    summary: 'whether a model still fits: leave, recalibrate or rebuild',
    load: () => import('./drift.js'),
  },
  {
    name: 'backtest',
    summary: 'what grades given before a day were worth after it',
    load: () => import('./backtest.js'),
  },
  {
    name: 'profile',
    summary: 'what customers who cost much have in common',
    load: () => import('./profile.js'),
  },
  {
    name: 'screen',
    summary: "screen applicants without history by a model's scorecard",
    load: () => import('./screen.js'),
  },
  {
    name: 'simulate-rule',
    summary: 'what the next period would have been, had an underwriting rule held',
    load: () => import('./simulate-rule.js'),
  },
  {
    name: 'clusters',
    summary: 'which customers are alike, and whether that is natural',
    load: () => import('./clusters.js'),
  },
  {
    name: 'verify',
    summary: 'grade a book again and compare every cell of a graded file; exit 1 if any differs',
    load: () => import('./verify.js'),
  },
  {
    name: 'lint',
    summary: 'find the faults of a plan, and with an input what its rules do to a book',
    load: () => import('./lint.js'),
  },
  {
    name: 'diff',
    summary: 'who moves from where to where between two plans or models on one book',
    load: () => import('./diff.js'),
  },
  {
    name: 'simulate',
    summary: 'write a synthetic book: policies.csv, claims.csv and the truth behind them',
    load: () => import('./simulate.js'),
  },
];
