using System.Text;

namespace Aspire.Hosting.Projects;

internal static class CommandLine
{
    /// <summary>Splits a line at blanks; double quotes hold a word together, a backslash stands before a quote that is meant.</summary>
    internal static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isQuoted, isWord) = (false, false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\\' && i + 1 < line.Length && line[i + 1] == '"')
            {
                word.Append('"');
                (isWord, i) = (true, i + 1);
            }
            else if (c == '"')
            {
                (isQuoted, isWord) = (!isQuoted, true);
            }
            else if (char.IsWhiteSpace(c) && !isQuoted)
            {
                Flush();
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        Flush();
        return words;

        void Flush()
        {
            if (isWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            isWord = false;
        }
    }
}
