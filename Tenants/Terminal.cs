using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants;

/// <summary>What the person in front of it is told and asked.</summary>
internal sealed class Terminal(TextReader input, TextWriter output, bool unattended)
{
    public TextWriter Output => output;

    public void Say(string part, string what) => output.WriteLine($"  {part,-16} {what}");

    /// <summary>Asks for the name of what goes away for good.</summary>
    /// <exception cref="JobException">Nobody is there, or they did not mean it.</exception>
    public void Confirm(string what, string name)
    {
        if (unattended)
        {
            throw new JobException($"{what} cannot be undone and nobody can be asked. Next: add --yes");
        }

        output.Write($"{what} cannot be undone. Type {name} to go on: ");
        if (input.ReadLine()?.Trim() != name)
        {
            throw new JobException("nothing was erased");
        }
    }
}
