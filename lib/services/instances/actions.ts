"use server";
import { operatorAction } from "#lib/auth/operator-action.ts";
import { dismissInstance } from "./commands.ts";
import { dismissInstanceInput } from "./schema.ts";

export const dismissInstanceAction = operatorAction(dismissInstanceInput, dismissInstance);
