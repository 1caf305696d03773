namespace EmbedStack.AppHost.Status;

/// <summary>The demo users and their generated passwords.</summary>
internal sealed class StatusUsers(KeycloakRealm realm)
{
    public async Task<IReadOnlyList<string[]>> LinesAsync(CancellationToken cancellationToken)
    {
        List<string[]> lines = [];
        foreach (var user in DemoUser.Of(realm.Source.Read()))
        {
            var password = await realm.Values[user.PasswordPlaceholder].GetValueAsync(cancellationToken) ?? "";
            lines.Add(["user", user.Tenant, user.UserName, password, user.Role]);
        }

        return lines;
    }
}
