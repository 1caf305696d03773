namespace EmbedStack.ClinicData.Generation;

/// <summary>Invented people.</summary>
internal static class PersonNames
{
    private static readonly string[] First =
    [
        "Amelia", "Arjun", "Ava", "Chen", "Chloe", "Daniel", "Elena", "Ethan", "Fatima", "Grace", "Hannah", "Hugo",
        "Isla", "Jack", "Jasmine", "Kai", "Leila", "Liam", "Lucia", "Mateo", "Mia", "Minh", "Nadia", "Noah", "Olivia",
        "Oscar", "Priya", "Rohan", "Ruby", "Samir", "Sofia", "Thomas", "Tui", "William", "Yuki", "Zara",
    ];

    private static readonly string[] Last =
    [
        "Abbott", "Ahmed", "Anderson", "Banerjee", "Campbell", "Castillo", "Chang", "Doyle", "Edwards", "Fischer",
        "Gallagher", "Hassan", "Hughes", "Ivanov", "Jensen", "Kaur", "Kelly", "Kowalski", "Lam", "Macdonald", "Nguyen",
        "Okafor", "Papadopoulos", "Patel", "Quinn", "Rossi", "Sato", "Silva", "Singh", "Tran", "Turner", "Vella",
        "Walker", "Wong", "Young", "Zhang",
    ];

    public static string Next(Randomness random) => $"{random.Pick(First)} {random.Pick(Last)}";

    /// <summary>A name that nobody has yet: charts tell clinicians apart by name.</summary>
    public static string NextOf(Randomness random, HashSet<string> taken)
    {
        var name = Next(random);
        for (var tries = 0; !taken.Add(name); tries++)
        {
            name = tries < 50 ? Next(random) : $"{Next(random)} {taken.Count}";
        }

        return name;
    }
}
