export function WelcomeScreen() {
  return <main>Welcome</main>;
}
