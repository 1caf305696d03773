namespace EmbedStack.Doctor.Patients;

/// <summary>What is found out once, however many checks want to know; a failure too.</summary>
internal sealed class Once<T>(Func<Task<T>> find)
{
    private Task<T>? _found;

    public Task<T> Value => _found ??= find();
}
