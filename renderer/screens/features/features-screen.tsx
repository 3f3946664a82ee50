export function FeaturesScreen() {
  return <main>Features</main>;
}
