namespace EmbedStack.ClinicData.Generation;

/// <summary>Admits a clinic's patients and assigns them to those who treat them.</summary>
internal sealed class PatientIntake(GeneratedClinic clinic, IReadOnlyList<Clinician> clinicians, Randomness people)
{
    // Now and then a colleague stands in for the clinician to whom the patient is assigned.
    private const double StandIns = 0.06;

    private static readonly string[] Suburbs =
    [
        "Ashfield", "Auburn", "Balmain", "Burwood", "Castle Hill", "Coogee", "Cronulla", "Dee Why", "Epping", "Glebe",
        "Hornsby", "Kogarah", "Lane Cove", "Marrickville", "Mosman", "Randwick", "Ryde", "Strathfield", "Sutherland", "Thirroul",
    ];

    private readonly Choice<Payer> payers = new(clinic.Payers, payer => payer.Weight);
    private long last = clinic.Number * 10_000_000L;

    public IEnumerable<Patient> Admit(Clinician main, int count)
    {
        for (var index = 0; index < count; index++)
        {
            yield return Admit(main);
        }
    }

    public Patient Admit(Clinician main)
    {
        var second = people.Pick(clinicians);
        var isShared = people.Chance(0.25) && second != main && second.Member.Speciality == main.Member.Speciality;
        var (oldest, youngest) = (clinic.Profile.OldestBirthYear, clinic.Profile.YoungestBirthYear);
        var patient = new Patient(
            ++last, PersonNames.Next(people), (short)(oldest + people.Below(youngest - oldest + 1)), people.Pick(Suburbs),
            payers.Pick(people), isShared ? [main.Member, second.Member] : [main.Member]);
        main.Patients.Add(patient);
        if (isShared)
        {
            second.Patients.Add(patient);
        }

        return patient;
    }

    /// <summary>Somebody who was there before; null where nobody was. Those who came last come oftener.</summary>
    public Patient? Known(Clinician clinician, Randomness random)
    {
        var from = random.Chance(StandIns) ? random.Pick(clinicians).Patients : clinician.Patients;
        var unit = random.Unit();
        return from.Count == 0 ? null : from[from.Count - 1 - (int)(unit * unit * from.Count)];
    }
}
