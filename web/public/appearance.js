// Runs before the first picture, so that a dark room does not light up. Its twin is src/platform/appearance.ts.
try {
  const stored = JSON.parse(localStorage.getItem('confab.appearance') ?? 'null');
  document.documentElement.dataset.theme = stored?.theme ?? 'system';
  document.documentElement.dataset.density = stored?.density ?? 'comfortable';
} catch {
  // without storage the system's theme holds
}
