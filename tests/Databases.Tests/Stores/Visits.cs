using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>Rows that no generator makes: a patient of a clinic with one appointment.</summary>
internal static class Visits
{
    public static async Task AddAsync(Databases databases, string key, Store store, long patient)
    {
        await using var loader = await databases.OpenAsync(store.Database, "clinic_loader");
        await loader.ExecuteAsync(
            $"""
            set search_path = {store.Schema};
            insert into staff values ('{key}', '{key}-01', 'Dr New', 'General', 'clinician', current_date) on conflict do nothing;
            insert into patients values ({patient}, 1980, '{key}', 'Pat Ient', 'Glebe');
            insert into staff_assignments values ({patient}, '{key}', '{key}-01');
            insert into appointments values (now(), {patient}, {patient}, current_date, 0, 30, 1, 1, 9, null, '{key}', 'New One',
                '{key}-01', 'Dr New', 'General', '35-49', 'Consultation', 'General', 'Medicare', 'public', 'Online', 'booked', '1 Mon', 'Room 1', 0)
            """);
    }

    public static async Task<long> CountAsync(Databases databases, string key, Store store, long patient)
    {
        await using var server = await databases.OpenSuperuserAsync(store.Database);
        return await server.ScalarAsync<long>(
            $"select count(*) from {store.Schema}.appointments where tenant_id = '{key}' and patient_id = {patient}");
    }
}
