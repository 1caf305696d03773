namespace EmbedStack.ClinicData.Generation;

/// <summary>One clinic: its people and services, and its appointments as a stream.</summary>
internal sealed record GeneratedClinic(
    Tenant Tenant,
    IReadOnlyList<Service> Services,
    IReadOnlyList<StaffMember> Staff,
    IReadOnlyList<Patient> Patients,
    AppointmentBook Book)
{
    // The number, from 1, opens a range of ids of the clinic's own.
    public static GeneratedClinic Create(Tenant tenant, int number, Scale scale, ulong seed)
    {
        var profile = ClinicProfile.For(tenant.Key);
        var services = profile.Services
            .Select((offer, index) => new Service(
                (number * 1000) + index + 1, offer.Name, offer.Category, offer.DurationMinutes, offer.Fee))
            .ToList();

        var people = Randomness.For(seed, tenant.Key, "people");
        var specialities = services.Select(service => service.Category).Distinct().ToList();
        var staff = Enumerable.Range(0, profile.Clinicians)
            .Select(index => new StaffMember(
                $"{tenant.Key}-s{index + 1:00}", $"Dr {PersonNames.Next(people)}", specialities[index % specialities.Count]))
            .ToList();

        var volume = profile.AppointmentsAYear * scale.Factor;
        var patients = Enumerable.Range(1, volume / 5)
            .Select(index => CreatePatient((number * 1_000_000L) + index, staff, people))
            .ToList();

        var book = new AppointmentBook(tenant.Key, seed, number, profile, scale, services, staff, patients);
        return new GeneratedClinic(tenant, services, staff, patients, book);
    }

    public IEnumerable<Assignment> Assignments() =>
        Patients.SelectMany(patient => patient.Clinicians, (patient, member) => new Assignment(patient.Id, member.Id));

    public IEnumerable<Appointment> Appointments() => Book.Entries();

    private static Patient CreatePatient(long id, IReadOnlyList<StaffMember> staff, Randomness people)
    {
        var main = people.Pick(staff);
        var second = people.Pick(staff);
        IReadOnlyList<StaffMember> clinicians = people.Chance(0.25) && second != main ? [main, second] : [main];
        return new Patient(id, PersonNames.Next(people), (short)(1936 + people.Below(80)), clinicians);
    }
}
