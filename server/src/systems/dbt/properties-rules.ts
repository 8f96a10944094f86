import type { FactRule, Rule } from '../../core/rule.ts';
import { properties } from './rules/properties.ts';

/** The rules on properties files, one file at a time. */
export const propertiesRules: readonly Rule[] = [properties];

/** The rules on what several files say of the names in properties files. */
export const propertiesFactRules: readonly FactRule[] = [];
