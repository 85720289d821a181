"""How a register is come by: looked round in, made, opened, or joined."""
