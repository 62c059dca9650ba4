"use client";
import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import type { ExportProps } from "./export-props.ts";

const ExportDialog = lazily(() => import("./export-dialog.tsx").then((dialog) => dialog.ExportDialog));

/** Takes the decisions of a feature between two times with pseudonyms, controls and signals out as a file. */
export function ExportWhoWasAffected(props: ExportProps) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <Download aria-hidden size={16} />
        Export who was affected
      </Button>
      {wanted && <ExportDialog {...props} open={open} onOpenChange={setOpen} />}
    </>
  );
}
