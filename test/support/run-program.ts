// A program as a person would run it: in a process of its own, with the settings that the documentation names.
import { execFileSync, spawn } from 'node:child_process'

export interface Program {
  command: string
  args: string[]
  /** The program's own text. */
  input: string
  env: Record<string, string>
}

/** What it printed. Whatever runs beside it, such as an emulator of a vendor, goes on meanwhile. */
export function runProgram({ command, args, input, env }: Program): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let complaints = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (complaints += String(chunk)))
    child.once('error', fail)
    child.once('close', (code) =>
      code === 0 ? done(output) : fail(new Error(`${command} ended with ${code}:\n${complaints}\n${input}`)),
    )
    child.stdin.end(input)
  })
}

type Runner = (input: string, env: Record<string, string>) => Promise<string>

export const runShell: Runner = (input, env) => runProgram({ command: 'sh', args: ['-e'], input, env })

/** The packages that it imports are those of this project. */
export const runJavaScript: Runner = (input, env) =>
  runProgram({ command: process.execPath, args: ['--input-type=module', '-'], input, env })

export const runTypeScript: Runner = (input, env) =>
  runProgram({ command: process.execPath, args: ['--input-type=module-typescript', '-'], input, env })

/** Which Python: one with the official packages can be named by the setting. */
const pythonCommand = process.env.PYTHON ?? 'python3'

export const runPython: Runner = (input, env) => runProgram({ command: pythonCommand, args: ['-'], input, env })

/** Compiles and does not run: for what imports packages that this machine may not have. */
export const checkPython = (input: string): Promise<string> =>
  runPython(`compile(${JSON.stringify(input)}, 'program', 'exec')`, {})

export function pythonHas(name: string): boolean {
  try {
    execFileSync(pythonCommand, ['-c', `import ${name}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
