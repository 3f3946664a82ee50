export function TeamScreen() {
  return <main>Team</main>;
}
