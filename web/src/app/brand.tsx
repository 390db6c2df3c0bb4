import './brand.css';

/** Two people talking: our sign. Decoration, the name stands beside it. */
export function Brand({ size = 40 }: { size?: number }) {
  return (
    <svg class="brand" viewBox="0 0 40 40" width={size} height={size} aria-hidden="true">
      <rect class="brand__ground" width="40" height="40" rx="11" />
      <path
        class="brand__back"
        d="M20 9h6.5A6.5 6.5 0 0 1 33 15.500v3.500a6.500 6.500 0 0 1-3 5.480V28l-3.500-2.500H26"
      />
      <path
        class="brand__front"
        d="M13.500 12h7A6.500 6.500 0 0 1 27 18.500v2.500a6.500 6.500 0 0 1-6.500 6.500h-4.800L11 31v-4.050A6.500 6.500 0 0 1 7 21v-2.500A6.500 6.500 0 0 1 13.500 12Z"
      />
    </svg>
  );
}
