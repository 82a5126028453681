/** The rounds that Workers AI's models are asked for, and charged by. Those of klein cannot be chosen. */
export const workersAiSteps = { klein: 4, flux2dev: 25, schnell: 4, leonardo: 25, diffusion: 20, lightning: 8 } as const
