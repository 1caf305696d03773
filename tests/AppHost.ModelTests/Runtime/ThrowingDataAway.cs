using System.Diagnostics;
using EmbedStack.AppHost.Runtime;

namespace EmbedStack.AppHost.ModelTests.Runtime;

public sealed class ThrowingDataAway
{
    [Fact]
    public void TheFolderGoesWithTheRun()
    {
        var path = ThrowAwayDirectory.NewPath();
        using (new ThrowAwayDirectory(path))
        {
            Directory.CreateDirectory(Path.Combine(path, "postgres", "base"));
            File.WriteAllText(Path.Combine(path, "postgres", "base", "1"), "rows");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void AnotherUserCanReachAFolderInItAndReadNothingElse()
    {
        var path = ThrowAwayDirectory.NewPath();
        using var run = new ThrowAwayDirectory(path);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void WhatAKilledRunLeftBehindIsSwept()
    {
        using var ended = Process.Start("true");
        ended.WaitForExit();
        var dead = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"embedstack-run-{ended.Id}-00000000"));
        var alive = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"embedstack-run-{Environment.ProcessId}-00000000"));

        using var run = new ThrowAwayDirectory(ThrowAwayDirectory.NewPath());

        dead.Refresh();
        alive.Refresh();
        Assert.False(dead.Exists);
        Assert.True(alive.Exists);
        alive.Delete();
    }
}
