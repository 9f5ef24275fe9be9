import { request } from "node:https";

/** The first of the URLs at which a TLS server answers within three seconds, whatever it answers. */
export async function answeringURL(urls: readonly string[]): Promise<string | undefined> {
  const answers = await Promise.all(urls.map(answers3s));
  return urls.find((_, index) => answers[index]);
}

function answers3s(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    // Whose certificate it is does not matter: that there is a cluster does.
    const asked = request(`${url}/version`, { rejectUnauthorized: false, agent: false }, (response) => {
      response.destroy();
      settle(true);
    });
    const timer = setTimeout(() => settle(false), 3000);
    const settle = (answer: boolean): void => {
      clearTimeout(timer);
      asked.destroy();
      resolve(answer);
    };
    asked.on("error", () => settle(false));
    asked.end();
  });
}
