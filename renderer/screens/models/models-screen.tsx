export function ModelsScreen() {
  return <main>Models</main>;
}
