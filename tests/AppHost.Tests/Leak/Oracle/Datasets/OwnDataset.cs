using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

/// <summary>
/// A dataset as the suite understands it, written a second time: its rows from the tables that the clinics' work stands
/// in, its figures from those rows. Neither the product's views, its counted figures and its metrics, nor the
/// catalogue's rules and the database's policies are asked.
/// </summary>
/// <param name="Key">The dataset's key in the catalogue.</param>
/// <param name="Metrics">What each figure is, in SQL over <paramref name="Rows"/>.</param>
/// <param name="Roles">Who sees rows of it.</param>
/// <param name="Sql">A person's part of a clinic's tables.</param>
/// <param name="Stores">The stores that hold a person's rows.</param>
/// <param name="Rows">What becomes of a table of all those parts, in SQL with <c>{0}</c> for the table.</param>
internal sealed record OwnDataset(
    string Key,
    IReadOnlyDictionary<string, string> Metrics,
    string[] Roles,
    Func<Person, Store, string> Sql,
    Func<StackFixture, Person, Task<IReadOnlyList<Store>>> Stores,
    Func<Person, string> Rows)
{
    public static readonly IReadOnlyList<OwnDataset> All =
        [Appointments.Dataset, Revenue.Dataset, StaffUtilisation.Dataset, Outcomes.Dataset, Benchmarks.Dataset, NetworkDaily.Dataset];

    public static OwnDataset Of(string key) => All.Single(dataset => dataset.Key == key);

    /// <summary>Rows of the one store in which a clinic's person has them.</summary>
    public static OwnDataset OfAClinic(string key, IReadOnlyDictionary<string, string> metrics, string[] roles, Func<Person, Store, string> sql) =>
        new(key, metrics, roles, sql, (_, person) => Task.FromResult<IReadOnlyList<Store>>([Store.Of(person)]), _ => "select * from {0}");

    /// <summary>Condition that a patient is one of those whom a person treats.</summary>
    public static string Treats(Person person, Store store, string patient) =>
        $"{patient} in (select treated.patient_id from {store.Schema}.staff_assignments treated where treated.tenant_id = '{person.Tenant}' and treated.staff_id = '{person.StaffId}')";
}
