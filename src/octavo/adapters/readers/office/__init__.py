"""What Word, PowerPoint and Excel files share: the package, drawings, charts, number formats."""
