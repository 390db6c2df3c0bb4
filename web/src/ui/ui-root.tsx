import type { ComponentChildren } from 'preact';
import { LanguageContext } from '../language/index.ts';
import { LiveRegions } from './announcer.tsx';
import { ToastRegion } from './toast-region.tsx';
import { TooltipHost } from './tooltip.tsx';
import { UiContext, type Ui } from './ui-context.ts';

/** Around the whole page: gives every component the page's devices, and holds the tooltip, the toasts and the live regions. */
export function UiRoot({ ui, children }: { ui: Ui; children: ComponentChildren }) {
  return (
    <UiContext.Provider value={ui}>
      <LanguageContext.Provider value={ui.language}>
        {children}
        <LiveRegions announcer={ui.announcer} />
        <ToastRegion toasts={ui.toasts} />
        <TooltipHost />
      </LanguageContext.Provider>
    </UiContext.Provider>
  );
}
