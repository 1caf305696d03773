using EmbedStack.Rotation.Keycloak;
using EmbedStack.Rotation.Stack;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Rotation;

/// <summary>
/// Rotates a secret in three steps: everyone accepts the new value; who checks it elsewhere takes it; everyone uses it and
/// accepts the former one. At no moment is a value in use that another party does not accept, and each step may be repeated.
/// </summary>
internal sealed class SecretRotation(RunningStack stack, KeycloakClients keycloak, UserSecrets userSecrets, TextWriter output)
{
    // Readers see a change at their next use; file shares of a container engine may be a second late.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <param name="secret">The secret.</param>
    /// <param name="force">Whether what the value before the current one signed or encrypted may become invalid.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    public async Task RunAsync(RotatingSecret secret, bool force, CancellationToken cancellation)
    {
        var files = stack.FilesOf(secret.Name);
        var begun = stack.Unfinished.Find(secret.Name);
        if (begun is null && !force)
        {
            CheckOverlap(secret, files);
        }

        if (secret.WrapsKeyRing && !force && files.Any(file => file.Current != begun && file.Other is not null && file.Other != begun))
        {
            await new KeyRing(stack).EnsureUnderAsync(files[0].Current, cancellation);
        }

        var value = begun ?? NewValue.Generate();
        stack.Unfinished.Begin(secret.Name, value);
        try
        {
            await RotateAsync(secret, files, value, cancellation);
        }
        catch (Exception problem) when (problem is JobException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            var cause = problem is OperationCanceledException ? "it was stopped" : problem.Message.TrimEnd('.');
            throw new JobException(
                $"the rotation of {secret.Name} is half done, both values are accepted: {cause}. Next: ./embedstack rotate {secret.Name}", problem);
        }

        stack.Unfinished.End(secret.Name);
        output.WriteLine($"{secret.Name}: {(begun is null ? "rotated" : "the rotation begun earlier is finished")}{(userSecrets.Keeps ? "" : ", for as long as this stack runs")}");
    }

    private async Task RotateAsync(RotatingSecret secret, IReadOnlyList<RotatingFile> files, string value, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            file.Announce(value);
        }

        await Task.Delay(Settle, cancellation);
        if (secret.ClientId is { } client)
        {
            await keycloak.SetSecretAsync(client, value, cancellation);
        }

        userSecrets.Keep(secret.Name, value);
        DateTimeOffset? until = secret.FormerHolds is { } holds ? DateTimeOffset.UtcNow + holds : null;
        foreach (var file in files)
        {
            file.Promote(value, until);
        }
    }

    // A second rotation withdraws the value before the current one. What it signed must have run out.
    private static void CheckOverlap(RotatingSecret secret, IReadOnlyList<RotatingFile> files)
    {
        var rotated = files.Where(file => file.Other is not null).Select(file => file.Since).DefaultIfEmpty(DateTime.UnixEpoch).Max();
        var left = rotated + secret.Overlap - DateTime.UtcNow;
        if (left > TimeSpan.Zero)
        {
            throw new JobException(
                $"{secret.Name} was rotated minutes ago and tokens of the value before may still be in use. "
                + $"Next: wait {Math.Ceiling(left.TotalMinutes):0} min, or end them with --force");
        }
    }
}
