export function ModelScreen() {
  return <main>Model</main>;
}
