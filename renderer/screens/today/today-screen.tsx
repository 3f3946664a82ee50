export function TodayScreen() {
  return <main>Today</main>;
}
