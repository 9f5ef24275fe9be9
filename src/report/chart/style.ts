/** Both colours can be told apart by everybody, and read on white and on black. */
export const style = `
text { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.label { text-anchor: end }
.tick { text-anchor: middle; font-size: 11px }
.grid, .row { stroke: #d0d7de; stroke-width: 1 }
.ours { fill: #0969da; stroke: #0969da; stroke-width: 1.5 }
.others { fill: #bc4c00; stroke: #bc4c00; stroke-width: 1.5 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.grid, .row { stroke: #3d444d }
.ours { fill: #4493f8; stroke: #4493f8 }
.others { fill: #f0883e; stroke: #f0883e }
}
`;
