/** Three arches, one behind the other: a riwaq, seen along its length. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg
      class="logo"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2.2"
      stroke-linecap="round"
      aria-hidden="true"
    >
      <path d="M4 28V15C4 9 10 6 16 2.5c6 3.500 12 6.500 12 12.500v13" />
      <path d="M10 28V17.500c0-3.600 3-5.800 6-8 3 2.200 6 4.400 6 8V28" />
      <path class="logo-heart" d="M16 28v-8" />
    </svg>
  )
}
