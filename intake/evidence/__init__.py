"""Evidence files (佐证材料): what they really are, told by their content, and whether they are harmless."""
