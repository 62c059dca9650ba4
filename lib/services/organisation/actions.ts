"use server";
import { operatorAction } from "#lib/auth/operator-action.ts";
import { changeRetention } from "./commands.ts";
import { changeRetentionInput } from "./schema.ts";

export const changeRetentionAction = operatorAction(changeRetentionInput, changeRetention);
