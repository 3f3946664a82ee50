export function StudyScreen() {
  return <main>Study</main>;
}
