"use client";
import { useRouter } from "next/navigation";
import type { ReactElement } from "react";
import { Menu, MenuChoice, MenuText } from "#components/ui/menu.tsx";
import type { EnvironmentView } from "#lib/services/environments/schema.ts";
import { reach } from "./environment.ts";

type Props = { trigger: ReactElement; environment: EnvironmentView; environments: EnvironmentView[] };

/** The environments that one can go to. */
export function EnvironmentMenuItems({ trigger, environment, environments }: Props) {
  const router = useRouter();
  return (
    <Menu trigger={trigger}>
      <MenuText>Environment</MenuText>
      <MenuChoice
        label="Environment"
        value={environment.key}
        onChange={(key) => router.push(`/${key}`)}
        choices={environments.map((each) => ({ value: each.key, label: `${each.name} · ${reach(each)}` }))}
      />
    </Menu>
  );
}
