namespace EmbedStack.Databases.Tests.Setup;

public class FailureTests(Databases databases)
{
    [Fact]
    public async Task MissingPasswordIsNamed() => AssertOneLine(
        await databases.SetUpAsync(("DatabaseRoles__api", "")), "DatabaseRoles__api is missing");

    [Fact]
    public async Task SharedPasswordIsRefused() => AssertOneLine(
        await databases.SetUpAsync(("DatabaseRoles__api", Databases.PasswordOf("keycloak"))), "share a password");

    [Fact]
    public async Task MissingConnectionIsNamed() => AssertOneLine(
        await databases.SetUpAsync(("ConnectionStrings__postgres", "")), "ConnectionStrings__postgres is missing");

    [Fact]
    public async Task BrokenConnectionStringIsNotRepeated()
    {
        var run = await databases.SetUpAsync(("ConnectionStrings__postgres", "Host=127.0.0.1;Pasword=hunter2"));

        AssertOneLine(run, "not a valid connection string");
        Assert.DoesNotContain("hunter2", run.Output + run.Error);
    }

    [Fact]
    public async Task WaitForADeadServerIsBounded() => AssertOneLine(
        await databases.SetUpAsync(
            ("ConnectionStrings__postgres", "Host=127.0.0.1;Port=1;Username=postgres;Password=x"),
            ("DatabaseSetup__PatienceSeconds", "1")),
        "did not answer within 1 s");

    [Fact]
    public async Task WrongSuperuserPasswordSaysWhatToDo() => AssertOneLine(
        await databases.SetUpAsync(
            ("ConnectionStrings__postgres", databases.ConnectionString("postgres", "postgres", "wrong"))),
        "down --volumes");

    private static void AssertOneLine(ProgramResult run, string cause)
    {
        Assert.Equal(1, run.ExitCode);
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("database-setup: ", line);
        Assert.Contains(cause, line);
    }
}
