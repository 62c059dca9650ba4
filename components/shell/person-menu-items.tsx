"use client";
import { Keyboard, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { signOut } from "next-auth/react";
import { useTheme } from "next-themes";
import type { ReactElement } from "react";
import { Menu, MenuChoice, MenuItem, MenuText } from "#components/ui/menu.tsx";
import type { PersonView } from "./person-view.ts";

/** What is behind the person's name. */
export function PersonMenuItems(props: { trigger: ReactElement; person: PersonView; onHelp: () => void }) {
  const { trigger, person, onHelp } = props;
  const { theme, setTheme } = useTheme();
  return (
    <Menu trigger={trigger}>
      <MenuText>
        <span className="block font-medium text-ink">{person.name}</span>
        <span className="block">{person.roles}</span>
        <span className="block">{person.email}</span>
      </MenuText>
      <MenuChoice
        label="Theme"
        value={theme ?? "system"}
        onChange={setTheme}
        choices={[
          { value: "system", label: "Theme of this device", icon: <Monitor aria-hidden size={16} /> },
          { value: "light", label: "Light theme", icon: <Sun aria-hidden size={16} /> },
          { value: "dark", label: "Dark theme", icon: <Moon aria-hidden size={16} /> },
        ]}
      />
      <div className="mt-1 border-t pt-1">
        <MenuItem icon={<Keyboard aria-hidden size={16} />} onSelect={onHelp}>
          Keyboard help
        </MenuItem>
        <MenuItem icon={<LogOut aria-hidden size={16} />} onSelect={() => void signOut({ callbackUrl: "/sign-in" })}>
          Sign out
        </MenuItem>
      </div>
    </Menu>
  );
}
