/** Whether a text has a part in it that some program is to fill in: `${NAME}`, `{{ name }}` or, in a pod, `$(NAME)`. */
export function isTemplate(text: string): boolean {
  return /\$\{|\{\{|\$\(/.test(text);
}
