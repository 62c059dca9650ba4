"use server";
import { operatorAction } from "#lib/auth/operator-action.ts";
import { changeMeasurement } from "./commands/change.ts";
import { launchFeature } from "./commands/launch.ts";
import { changeMeasurementInput, launchFeatureInput } from "./schema.ts";

export const changeMeasurementAction = operatorAction(changeMeasurementInput, changeMeasurement);
export const launchFeatureAction = operatorAction(launchFeatureInput, launchFeature);
